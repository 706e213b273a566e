package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Method;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.workload.InvalidSpecException;

/** Points that are known beforehand: all of a space, or some drawn by chance. */
public final class ListedPoints implements PointSource {
  /** More cannot be held at once. */
  public static final long MOST = 200_000;

  private final List<Point> points;
  private boolean given;

  private ListedPoints(List<Point> points) {
    this.points = points;
  }

  /** These. */
  public static ListedPoints of(List<Point> points) {
    return new ListedPoints(List.copyOf(points));
  }

  /**
   * All points of a space.
   *
   * @throws InvalidSpecException if there are too many, or none
   */
  public static ListedPoints all(DesignSpace space) {
    if (space.size() > MOST) {
      throw new InvalidSpecException(
          "the study has %,d combinations, more than the %,d that a full factorial may have; give a method, {random: 1000}"
              .formatted(space.size(), MOST));
    }
    List<Point> points = new ArrayList<>();
    for (long i = 0; i < space.size(); i++) {
      space.point(i).ifPresent(points::add);
    }
    return new ListedPoints(some(points, space));
  }

  /**
   * Some points, each with equal chance, none twice, in the order of the space.
   *
   * @throws InvalidSpecException if no point can be found
   */
  public static ListedPoints random(DesignSpace space, Method.Random method) {
    if (method.points() >= space.size()) {
      return all(space);
    }
    if (method.points() > MOST) {
      throw new InvalidSpecException(
          "a study of %,d random points; expected at most %,d".formatted(method.points(), MOST));
    }
    var random = new SplittableRandom(method.seed());
    Set<Long> seen = new HashSet<>();
    Set<Long> drawn = new TreeSet<>();
    // where conditions rule most combinations out, some are drawn in vain
    long tries = Math.max(10_000_000L, 100 * method.points());
    while (drawn.size() < method.points() && seen.size() < space.size() && tries-- > 0) {
      long number = random.nextLong(space.size());
      if (seen.add(number) && space.point(number).isPresent()) {
        drawn.add(number);
      }
    }
    List<Point> points = new ArrayList<>();
    drawn.forEach(n -> space.point(n).ifPresent(points::add));
    return new ListedPoints(some(points, space));
  }

  private static String never(DesignSpace space) {
    List<String> never = space.neverHold(MOST).stream().map(c -> "'" + c.text() + "'").toList();
    return switch (never.size()) {
      case 0 -> "; each of them holds for some, but not all for the same";
      case 1 -> "; " + never.getFirst() + " holds for none of them";
      default -> "; " + String.join(" and ", never) + " hold for none of them";
    };
  }

  private static List<Point> some(List<Point> points, DesignSpace space) {
    if (points.isEmpty()) {
      throw new InvalidSpecException(
          "the study has no point: none of %,d combinations meets its conditions%s"
              .formatted(space.size(), space.size() > MOST ? "" : never(space)));
    }
    return points;
  }

  /** All of them. */
  List<Point> points() {
    return points;
  }

  @Override
  public long most() {
    return points.size();
  }

  @Override
  public boolean anyOrder() {
    return true;
  }

  @Override
  public List<Point> next(List<PointResult> results) {
    List<Point> next = given ? List.of() : points;
    given = true;
    return next;
  }
}
