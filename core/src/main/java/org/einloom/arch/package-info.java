/**
 * What it is computed on: a hardware design as a tree of memories, tolls, fanouts and computes,
 * each with the cost of its actions.
 */
@NullMarked
package org.einloom.arch;

import org.jspecify.annotations.NullMarked;
