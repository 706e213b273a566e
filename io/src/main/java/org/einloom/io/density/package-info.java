/** Actual sparse tensors in files: Matrix Market and NumPy. */
@NullMarked
package org.einloom.io.density;

import org.jspecify.annotations.NullMarked;
