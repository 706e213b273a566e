package org.einloom.io.profile;

import java.util.Map;
import org.einloom.profile.NumericTensor;

/** What a network is run on. */
public interface Samples {
  /** How many there are, at least 1. */
  int count();

  /**
   * The inputs of one, by name; every time the same.
   *
   * @throws org.einloom.workload.InvalidSpecException if it does not fit the network
   */
  Map<String, NumericTensor> get(int index);

  /** What they are, in one line. */
  String description();
}
