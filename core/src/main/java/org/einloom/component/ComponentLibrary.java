package org.einloom.component;

import java.util.List;

/**
 * Component classes from one hand. Found by {@link java.util.ServiceLoader}: a jar on the class
 * path that names an implementation in {@code
 * META-INF/services/org.einloom.component.ComponentLibrary} adds its classes.
 */
public interface ComponentLibrary {
  /** What messages call it. */
  String name();

  /** Its classes. */
  List<ComponentModel> models();
}
