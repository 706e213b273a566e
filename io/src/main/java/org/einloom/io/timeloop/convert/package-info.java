/** Timeloop's specifications as files of Einloom's own, and mappings as Timeloop's. */
@NullMarked
package org.einloom.io.timeloop.convert;

import org.jspecify.annotations.NullMarked;
