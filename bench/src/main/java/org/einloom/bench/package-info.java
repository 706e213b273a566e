/** How long the parts of the core take, measured with JMH. */
@NullMarked
package org.einloom.bench;

import org.jspecify.annotations.NullMarked;
