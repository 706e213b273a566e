package org.einloom.mapper;

/** Watches a search from outside and can end it. Called from the thread that searches. */
public interface SearchMonitor {
  /** Lets every search run to its proof, unseen. */
  SearchMonitor NONE =
      new SearchMonitor() {
        @Override
        public boolean stop() {
          return false;
        }

        @Override
        public void report(double value, double lowerBound, long evaluated) {}
      };

  /** Whether the search has to end now, with the best it has and a bound. Asked often. */
  boolean stop();

  /**
   * How far the search is.
   *
   * @param value of the best mapping so far; positive infinity while there is none
   * @param lowerBound proven so far; never falls
   * @param evaluated candidates whose cost was computed so far
   */
  void report(double value, double lowerBound, long evaluated);
}
