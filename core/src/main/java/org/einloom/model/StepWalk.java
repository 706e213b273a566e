package org.einloom.model;

/**
 * Walks through the steps of one node in order, and in each through the active instances, the
 * lowest first.
 *
 * <p>A loop over a variable that the tensor does not use repeats the same tiles. When the
 * variable's tiles are perfect, the same instances are active in each repetition, so from the
 * second on all begin with what the one before left and count the same; the second stands for all
 * of them.
 */
abstract class StepWalk {
  private final Compiled compiled;
  private final int depth;
  private final boolean anyOrder;
  private final boolean[] own;
  private final long[] index;
  private final long[] longest;

  /** By variable, the first value of the tile at hand ... */
  final long[] start;

  /** ... and how many values it has. */
  final long[] length;

  /**
   * @param depth loops above the node
   * @param anyOrder whether different tiles are all that matters: then what repeats is left out
   */
  StepWalk(Compiled compiled, Compiled.Tensor tensor, int depth, boolean anyOrder) {
    this.compiled = compiled;
    this.depth = depth;
    this.anyOrder = anyOrder;
    own = new boolean[compiled.variables];
    for (int v = 0; v < own.length; v++) {
      own[v] = tensor.usesVariable(v);
    }
    index = new long[depth];
    longest = compiled.extent.clone();
    start = new long[compiled.variables];
    length = compiled.extent.clone();
  }

  final void run() {
    steps(0, 1);
  }

  /** An instance that is active in the step at hand. */
  abstract void active(long instance);

  /** The end of a step, and how many steps it stands for. */
  abstract void done(long times);

  /** How many different repetitions of a loop have to be seen, of so many. */
  static long different(Compiled c, boolean own, boolean anyOrder, int loop, long count) {
    boolean once = !own && anyOrder;
    boolean twice = !own && c.temporal(loop) && c.perfect[c.loopVariable[loop]];
    return once ? 1 : twice ? Math.min(2, count) : count;
  }

  /** Chooses temporal indices. An index that is out of range for instance 0 is so for all. */
  private void steps(int loop, long times) {
    if (loop == depth) {
      instances(0, 0);
      done(times);
      return;
    }
    int v = compiled.loopVariable[loop];
    long tile = compiled.loopTile[loop];
    long whole = longest[v];
    if (compiled.temporal(loop)) {
      long count = Math.ceilDiv(whole, tile);
      long different = different(compiled, own[v], anyOrder, loop, count);
      for (long i = 0; i < different; i++) {
        index[loop] = i;
        longest[v] = Math.min(tile, whole - i * tile);
        boolean last = i == different - 1;
        steps(loop + 1, last ? Limits.multiply(times, count - different + 1) : times);
      }
    } else {
      longest[v] = Math.min(tile, whole);
      steps(loop + 1, times);
    }
    longest[v] = whole;
  }

  private void instances(int loop, long instance) {
    if (loop == depth) {
      active(instance);
      return;
    }
    int v = compiled.loopVariable[loop];
    long tile = compiled.loopTile[loop];
    long first = start[v];
    long whole = length[v];
    boolean temporal = compiled.temporal(loop);
    long count = Math.ceilDiv(whole, tile);
    long from = temporal ? index[loop] : 0;
    long to =
        temporal ? Math.min(count, from + 1) : different(compiled, own[v], anyOrder, loop, count);
    for (long i = from; i < to; i++) {
      start[v] = first + i * tile;
      length[v] = Math.min(tile, whole - i * tile);
      instances(loop + 1, temporal ? instance : instance * compiled.loopCount[loop] + i);
    }
    start[v] = first;
    length[v] = whole;
  }
}
