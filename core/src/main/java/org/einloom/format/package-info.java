/**
 * How tiles of sparse tensors are stored: a format for each level of a fibertree, what they come to
 * in metadata and words, as expected and at most, and encodings of actual tensors.
 */
@NullMarked
package org.einloom.format;

import org.jspecify.annotations.NullMarked;
