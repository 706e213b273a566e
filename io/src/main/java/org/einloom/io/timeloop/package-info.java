/**
 * Timeloop's specifications in the form that its C++ programs read: architecture, problem, mapping
 * and tables of energy and area as records that know where they stand, and what they mean as
 * Einloom's architecture, Einsum and LoopTree.
 */
@NullMarked
package org.einloom.io.timeloop;

import org.jspecify.annotations.NullMarked;
