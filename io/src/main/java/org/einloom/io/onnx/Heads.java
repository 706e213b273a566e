package org.einloom.io.onnx;

import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * The extents of a fused attention. Query heads come in groups that share a head of keys and values
 * (grouped-query attention, Ainslie et al., EMNLP 2023, arXiv:2305.13245); without groups each has
 * its own.
 *
 * @param batch sequences
 * @param shared heads of keys and values
 * @param group query heads to each of these
 * @param queries positions that ask
 * @param past positions whose keys and values were computed before
 * @param fresh positions whose keys and values are given
 * @param width words of a query or key of one head
 * @param valueWidth words of a value of one head
 */
record Heads(
    long batch,
    long shared,
    long group,
    long queries,
    long past,
    long fresh,
    long width,
    long valueWidth) {
  /** Positions that are asked about. */
  long keys() {
    return Checked.add(past, fresh, "the keys of an attention");
  }

  long queryHeads() {
    return Checked.multiply(shared, group, "the heads of an attention");
  }

  /** Heads of keys and values, and how many query heads share one. */
  static long group(long queryHeads, long shared) {
    if (queryHeads < 1 || shared < 1 || queryHeads % shared != 0) {
      throw new InvalidSpecException(
          "has "
              + queryHeads
              + " query heads and "
              + shared
              + " heads of keys and values; expected as many, or a multiple");
    }
    return queryHeads / shared;
  }

  /** The words of one head, of rows that hold those of several. */
  static long width(String what, long row, long heads) {
    if (heads < 1 || row % heads != 0) {
      throw new InvalidSpecException(
          what + " has rows of " + row + " words, which " + heads + " heads do not divide");
    }
    return row / heads;
  }

  /** The space of all scores: batch, shared heads, group, queries, keys. */
  Shape scores() {
    return Shape.of(batch, shared, group, queries, keys());
  }

  /** That with the words of a key, along which scores are added up, as another axis. */
  Shape products() {
    return Shape.of(batch, shared, group, queries, keys(), width);
  }

  /** That with the words of a value instead. */
  Shape mixtures() {
    return Shape.of(batch, shared, group, queries, keys(), valueWidth);
  }

  /** Keys with those of the past, heads first. */
  Shape allKeys() {
    return Shape.of(batch, shared, keys(), width);
  }

  Shape allValues() {
    return Shape.of(batch, shared, keys(), valueWidth);
  }

  /** The result with all heads of a position in one row. */
  Shape rows() {
    return Shape.of(
        batch,
        queries,
        Checked.multiply(queryHeads(), valueWidth, "the words of an attention's result"));
  }
}
