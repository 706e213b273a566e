/**
 * What every reader needs: opening files within bounds, places in them, and messages that say what
 * is wrong there, what was expected and which known name is nearest.
 */
@NullMarked
package org.einloom.io.input;

import org.jspecify.annotations.NullMarked;
