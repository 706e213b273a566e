/** Einloom's own component classes as a library like any other. */
@NullMarked
package org.einloom.component.builtin;

import org.jspecify.annotations.NullMarked;
