/** The command {@code einloom}. */
@NullMarked
package org.einloom.cli;

import org.jspecify.annotations.NullMarked;
