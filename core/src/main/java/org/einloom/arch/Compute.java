package org.einloom.arch;

/**
 * Does the operation: multiplies one word of every operand and adds the product to the result.
 *
 * @param name unique in the architecture
 * @param compute one operation; its throughput is per instance
 * @param areaUm2 per instance
 * @param leakageUw per instance
 */
public record Compute(String name, Action compute, Figure areaUm2, Figure leakageUw)
    implements Node {}
