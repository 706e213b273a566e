package org.einloom.mapper.timeloop;

import org.jspecify.annotations.Nullable;

/**
 * A mapping from the computes outwards to some point.
 *
 * @param structure what is kept, and loops in space
 * @param level whose loops in time are being placed
 * @param used dimensions that have a loop there, or are done with
 * @param barred dimensions that come before the last one, since the two may change places
 * @param tiles by dimension, values that all loops so far cover
 * @param states by boundary and tensor, what is known of links that have begun
 * @param tally what is added up
 * @param value a bound of the objective
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Label(
    Structure structure,
    int level,
    long used,
    long barred,
    long[] tiles,
    @Nullable LinkState[] states,
    Tally tally,
    double value,
    @Nullable Label before,
    int dim,
    long count) {}
