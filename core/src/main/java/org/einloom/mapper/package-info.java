/**
 * Mappers: how to run an Einsum on an architecture as cheaply as possible, with a statement of how
 * sure it is that nothing is better. {@link org.einloom.mapper.ExactMapper} proves its answers;
 * {@link org.einloom.mapper.HeuristicMapper} gives it something to begin with where the mapspace is
 * too large.
 */
@NullMarked
package org.einloom.mapper;

import org.jspecify.annotations.NullMarked;
