/**
 * Why there is no mapping: a smallest set of requirements, of the user and of the architecture,
 * that cannot hold together, and what would resolve it, both found by asking a search again and
 * again.
 */
@NullMarked
package org.einloom.mapper.conflict;

import org.jspecify.annotations.NullMarked;
