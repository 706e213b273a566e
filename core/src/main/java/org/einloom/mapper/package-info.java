/**
 * Mappers: how to run an Einsum on an architecture as cheaply as can be found, with a statement of
 * how sure it is that nothing is better. {@link org.einloom.mapper.Mapper} is the interface, {@link
 * org.einloom.mapper.HeuristicMapper} the only mapper so far, which proves nothing.
 */
@NullMarked
package org.einloom.mapper;

import org.jspecify.annotations.NullMarked;
