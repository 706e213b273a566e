package org.einloom.explore.engine;

import java.util.Optional;

/** Brings workers on other machines. Found by {@link java.util.ServiceLoader}. */
public interface WorkersProvider {
  /**
   * What they are to do.
   *
   * @param study what they call it
   * @param master where they are, as they name it; empty: where their own configuration says
   * @param threads how many searches at once, where they are in this process after all
   * @param time of one search
   * @param monitor ends all
   */
  record Request(
      String study,
      Optional<String> master,
      int threads,
      SearchTime time,
      ExploreMonitor monitor) {}

  /** What users call them. */
  String name();

  /**
   * Workers, to be closed.
   *
   * @throws org.einloom.workload.InvalidSpecException if there are none to be had
   */
  Workers open(Request request);
}
