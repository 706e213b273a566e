/**
 * What hardware parts cost: energy, time, area and leakage of a component class from its attributes
 * and technology. Every figure carries its derivation. Classes come from {@link
 * org.einloom.component.ComponentLibrary libraries}, Einloom's own among them.
 */
@NullMarked
package org.einloom.component;

import org.jspecify.annotations.NullMarked;
