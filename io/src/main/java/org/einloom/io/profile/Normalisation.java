package org.einloom.io.profile;

import java.util.List;

/**
 * How the values of an image, 0 to 1, become a network's: less the mean, divided by the deviation,
 * each for all channels or channel by channel.
 */
public record Normalisation(List<Double> mean, List<Double> deviation) {
  /** 0 to 1, as they are. */
  public static final Normalisation NONE = new Normalisation(List.of(0.0), List.of(1.0));

  public Normalisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  double apply(double value, int channel) {
    return (value - of(mean, channel)) / of(deviation, channel);
  }

  private static double of(List<Double> values, int channel) {
    return values.get(Math.min(channel, values.size() - 1));
  }
}
