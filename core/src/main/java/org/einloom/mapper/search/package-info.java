/**
 * The exact search: numbered problems, the linear cost of a structure, and the search over loop
 * orders and tile shapes that proves its answer; the walk through every mapping for what that does
 * not cover. {@code docs/mapspace.md} says what is searched.
 */
@NullMarked
package org.einloom.mapper.search;

import org.jspecify.annotations.NullMarked;
