package org.einloom.counts;

/**
 * What becomes of one flow of a tensor at a component, over all instances.
 *
 * @param dense words that would flow if none were zero
 * @param done words that do
 * @param gated words, stored ones, that cost time but less energy
 * @param skipped words, stored ones, that cost nothing
 * @param metadataBits that flow
 * @param gatedMetadataBits that cost time but no energy
 */
public record SparseFlow(
    double dense,
    double done,
    double gated,
    double skipped,
    double metadataBits,
    double gatedMetadataBits) {
  public static final SparseFlow ZERO = new SparseFlow(0, 0, 0, 0, 0, 0);

  /** The sum, part by part. */
  public SparseFlow plus(SparseFlow o) {
    return new SparseFlow(
        dense + o.dense,
        done + o.done,
        gated + o.gated,
        skipped + o.skipped,
        metadataBits + o.metadataBits,
        gatedMetadataBits + o.gatedMetadataBits);
  }
}
