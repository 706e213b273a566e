/**
 * Networks: what all layers of a workload cost together on one architecture, each run after the
 * other.
 */
@NullMarked
package org.einloom.network;

import org.jspecify.annotations.NullMarked;
