/**
 * From one manufacturing process to another: factors for energy, area, delay and leakage by feature
 * size and supply voltage.
 */
@NullMarked
package org.einloom.component.technology;

import org.jspecify.annotations.NullMarked;
