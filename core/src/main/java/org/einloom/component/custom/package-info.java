/** Classes that users define: compounds of other classes, and tables. */
@NullMarked
package org.einloom.component.custom;

import org.jspecify.annotations.NullMarked;
