/**
 * Results that were written as JSON, read back: places in JSON, and the figures by which designs
 * are compared.
 */
@NullMarked
package org.einloom.io.result;

import org.jspecify.annotations.NullMarked;
