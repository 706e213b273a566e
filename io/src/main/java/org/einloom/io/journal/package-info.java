/**
 * What a long run has finished, in a file that only grows: a line of JSON for each thing done, each
 * with a checksum and on the disk before the next begins, so that a run that was ended at any
 * moment continues where it was.
 */
@NullMarked
package org.einloom.io.journal;

import org.jspecify.annotations.NullMarked;
