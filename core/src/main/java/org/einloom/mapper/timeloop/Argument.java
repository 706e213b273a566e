package org.einloom.mapper.timeloop;

/** What a search leaves out, and why it may; each can be left out by itself, to be tested. */
enum Argument {
  /** Of two labels with one key, one that costs no more stands for both: {@link KnownLabels}. */
  DOMINANCE,
  /** Loops that every link sees alike may change places: {@link LoopOrders}. */
  EXCHANGE,
  /** What the links into one level cost at least together: {@link LevelBound}. */
  LEVEL_BOUND
}
