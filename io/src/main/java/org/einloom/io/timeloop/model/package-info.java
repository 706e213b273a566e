/**
 * What a Timeloop specification means here: an Einsum, an architecture and a mapping of Einloom's,
 * and what Timeloop's own accounting needs besides.
 */
@NullMarked
package org.einloom.io.timeloop.model;

import org.jspecify.annotations.NullMarked;
