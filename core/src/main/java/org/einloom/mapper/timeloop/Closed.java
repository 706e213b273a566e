package org.einloom.mapper.timeloop;

/** All that the link fetches has been added. */
record Closed() implements LinkState {
  static final Closed CLOSED = new Closed();

  @Override
  public LinkState place(Placing loop, Tally to) {
    return this;
  }
}
