package org.einloom.evaluation.timeloop;

import java.util.HashMap;
import java.util.Map;

/**
 * What one instance of a level sends to its children over the whole run, before it is known which
 * levels keep the tensor, and how large its tiles are.
 *
 * @param sent by how many children share it
 * @param linked words that its children hand on to each other
 * @param tileWords the largest tile of the level
 * @param spreadWords the largest tile of all children together, 0 where the level has no loops in
 *     space
 */
record Traffic(Map<Fan.Signature, Fan.Sent> sent, double linked, long tileWords, long spreadWords) {
  Traffic {
    sent = Map.copyOf(sent);
  }

  /** Adds up traffic; divides by the instances that were looked at. */
  static final class Sum {
    private final Map<Fan.Signature, double[]> sent = new HashMap<>();
    private double linked;

    void add(Map<Fan.Signature, Fan.Sent> more, double times) {
      more.forEach(
          (signature, s) -> {
            double[] sum = sent.computeIfAbsent(signature, k -> new double[2]);
            sum[0] += s.words() * times;
            sum[1] += s.hops() * s.words() * times; // a mean over words
          });
    }

    void addLinked(double words) {
      linked += words;
    }

    void addAll(Sum o) {
      o.sent.forEach(
          (signature, s) -> {
            double[] sum = sent.computeIfAbsent(signature, k -> new double[2]);
            sum[0] += s[0];
            sum[1] += s[1];
          });
      linked += o.linked;
    }

    Traffic over(int instances, long tileWords, long spreadWords) {
      Map<Fan.Signature, Fan.Sent> mean = new HashMap<>();
      sent.forEach(
          (signature, s) ->
              mean.put(signature, new Fan.Sent(s[0] / instances, s[0] > 0 ? s[1] / s[0] : 0)));
      return new Traffic(mean, linked / instances, tileWords, spreadWords);
    }
  }
}
