/** Files in and out of the core's records. */
@NullMarked
package org.einloom.io;

import org.jspecify.annotations.NullMarked;
