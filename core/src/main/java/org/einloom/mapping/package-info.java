/**
 * How it is computed: a LoopTree of storage nodes, temporal and spatial loops, and the rules that
 * make one legal.
 */
@NullMarked
package org.einloom.mapping;

import org.jspecify.annotations.NullMarked;
