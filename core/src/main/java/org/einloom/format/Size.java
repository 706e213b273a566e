package org.einloom.format;

/**
 * What a tile takes to store.
 *
 * @param metadataBits bits that say where words are
 * @param words that are stored: those that are occupied and, where a format does not leave them
 *     out, zeros
 */
public record Size(double metadataBits, double words) {
  /** In bits, with words of that width. */
  public double bits(int wordBits) {
    return metadataBits + words * wordBits;
  }
}
