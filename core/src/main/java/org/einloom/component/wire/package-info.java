/** What moves words: wires by length, crossbars, routers, and links between chips. */
@NullMarked
package org.einloom.component.wire;

import org.jspecify.annotations.NullMarked;
