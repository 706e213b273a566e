/**
 * Runs networks on samples and measures their values: where samples come from, what is run, what is
 * recorded. What runs a network is found as a service, which the module {@code profile} brings.
 */
@NullMarked
package org.einloom.io.profile;

import org.jspecify.annotations.NullMarked;
