package org.einloom.counts;

/**
 * Words of one tensor moved at one instance of one component over the whole Einsum.
 *
 * <p>At a memory the four flows are those of {@code docs/model.md}. At a fanout {@code reads} are
 * words crossing its lower face downwards (starting values of results included) and {@code updates}
 * words crossing it upwards, and so at a toll, for what crosses the toll; the others are zero.
 *
 * @param reads words sent towards the compute; for a result, starting values sent down and words
 *     read to be added to
 * @param fills words received from the next memory above that keeps the tensor
 * @param updates results received from below, after reduction on the way
 * @param drains results sent up
 * @param finalUpdates how many of {@code updates} are complete: no later reduction changes them
 * @param finalDrains how many of {@code drains} are complete
 * @param links words of an operand handed on to neighbours: at a memory those that its instance
 *     hands on, at a fanout those that pass its links. No part of {@code reads}
 */
public record Flows(
    long reads,
    long fills,
    long updates,
    long drains,
    long finalUpdates,
    long finalDrains,
    long links)
    implements Comparable<Flows> {
  public static final Flows ZERO = new Flows(0, 0, 0, 0, 0, 0);

  /** Without words that are handed on to neighbours. */
  public Flows(
      long reads, long fills, long updates, long drains, long finalUpdates, long finalDrains) {
    this(reads, fills, updates, drains, finalUpdates, finalDrains, 0);
  }

  /** The sum, flow by flow. */
  public Flows plus(Flows o) {
    return new Flows(
        Math.addExact(reads, o.reads),
        Math.addExact(fills, o.fills),
        Math.addExact(updates, o.updates),
        Math.addExact(drains, o.drains),
        Math.addExact(finalUpdates, o.finalUpdates),
        Math.addExact(finalDrains, o.finalDrains),
        Math.addExact(links, o.links));
  }

  /** The flows of so many instances alike. */
  public Flows times(long n) {
    return new Flows(
        Math.multiplyExact(reads, n),
        Math.multiplyExact(fills, n),
        Math.multiplyExact(updates, n),
        Math.multiplyExact(drains, n),
        Math.multiplyExact(finalUpdates, n),
        Math.multiplyExact(finalDrains, n),
        Math.multiplyExact(links, n));
  }

  @Override
  public int compareTo(Flows o) {
    int c = Long.compare(reads, o.reads);
    c = c != 0 ? c : Long.compare(fills, o.fills);
    c = c != 0 ? c : Long.compare(updates, o.updates);
    c = c != 0 ? c : Long.compare(drains, o.drains);
    c = c != 0 ? c : Long.compare(finalUpdates, o.finalUpdates);
    c = c != 0 ? c : Long.compare(finalDrains, o.finalDrains);
    return c != 0 ? c : Long.compare(links, o.links);
  }
}
