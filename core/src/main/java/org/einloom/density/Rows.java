package org.einloom.density;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.einloom.workload.TooLargeException;

/** Shares words out among rows by a power law. */
final class Rows {
  private Rows() {}

  static List<Long> fill(long rows, long words, double exponent, long nonZeros) {
    if (rows > 10_000_000) {
      throw new TooLargeException(
          rows + " rows by a power law; expected at most 10,000,000 in the outermost rank");
    }
    int n = (int) rows;
    var weight = new double[n];
    for (int i = 0; i < n; i++) {
      weight[i] = Math.pow(i + 1.0, -exponent);
    }
    // rows are full up to some point, as weights fall
    int full = 0;
    double rest = nonZeros;
    double weights = 0;
    for (double w : weight) {
      weights += w;
    }
    while (full < n && weights > 0 && rest * weight[full] / weights > words) {
      weights -= weight[full];
      rest -= words;
      full++;
    }
    var ofRow = new long[n];
    var lost = new double[n];
    long given = 0;
    for (int i = 0; i < n; i++) {
      double share =
          i < full
              ? (double) words
              : Math.min((double) words, rest * weight[i] / Math.max(weights, 1e-300));
      ofRow[i] = (long) Math.floor(share);
      lost[i] = share - ofRow[i];
      given += ofRow[i];
    }
    var order = new ArrayList<Integer>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    order.sort(Comparator.<Integer>comparingDouble(i -> -lost[i]).thenComparing(i -> i));
    for (int at = 0; given < nonZeros; at = (at + 1) % n) {
      int i = order.get(at);
      if (ofRow[i] < words) {
        ofRow[i]++;
        given++;
      }
    }
    for (int at = n - 1; given > nonZeros; at = (at + n - 1) % n) {
      if (ofRow[order.get(at)] > 0) {
        ofRow[order.get(at)]--;
        given--;
      }
    }
    var list = new ArrayList<Long>(n);
    for (long x : ofRow) {
      list.add(x);
    }
    return list;
  }
}
