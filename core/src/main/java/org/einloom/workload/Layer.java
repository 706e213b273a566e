package org.einloom.workload;

/**
 * One costed operator of a network.
 *
 * @param name unique in its workload: the node's name, else its first output's
 * @param operator what it is in the file it came from: {@code Conv}, {@code MatMul}, ... or {@code
 *     Einsum}
 * @param einsum what it computes
 * @param macs multiply-accumulates of one execution as the field counts them, {@code
 *     einsum.computes()} for all operators read today
 */
public record Layer(String name, String operator, Einsum einsum, long macs) {}
