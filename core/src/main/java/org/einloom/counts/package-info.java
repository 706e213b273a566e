/**
 * What a mapping makes the hardware do: words moved per component, tensor and flow. Filled by the
 * model and by the simulator alike.
 */
@NullMarked
package org.einloom.counts;

import org.jspecify.annotations.NullMarked;
