/**
 * Descriptions: how a mapping runs, in the terms of the field. Which tensor stays where, how the
 * work is spread, what is sent to several and added up on the way, and how far traffic is from the
 * least there could be; of each layer, and of the network.
 */
@NullMarked
package org.einloom.description;

import org.jspecify.annotations.NullMarked;
