/**
 * Logic: adders, multipliers, multiply-accumulate units, comparators, shifters, multiplexers and
 * the units of activation functions, built from published tables of synthesised parts.
 */
@NullMarked
package org.einloom.component.digital;

import org.jspecify.annotations.NullMarked;
