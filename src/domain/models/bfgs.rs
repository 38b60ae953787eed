//! The quasi-Newton search BFGS with a gradient by formula and a line search that halves: small, exact, the same every
//! time. It serves the two models with three and four parameters.

/// Steps after which the search ends whatever it found.
const STEPS: usize = 400;
/// Halvings of one step.
const HALVINGS: u32 = 60;

/// Where a search ended.
#[derive(Clone, Copy, Debug)]
pub struct Least<const N: usize> {
    /// The place.
    pub at: [f64; N],
    /// The value there.
    pub value: f64,
}

fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn plus<const N: usize>(a: &[f64; N], step: f64, b: &[f64; N]) -> [f64; N] {
    let mut sum = *a;
    for (s, b) in sum.iter_mut().zip(b) {
        *s += step * b;
    }
    sum
}

fn times<const N: usize>(matrix: &[[f64; N]; N], v: &[f64; N]) -> [f64; N] {
    let mut out = [0.0; N];
    for (out, row) in out.iter_mut().zip(matrix) {
        *out = dot(row, v);
    }
    out
}

fn unit<const N: usize>(scale: f64) -> [[f64; N]; N] {
    let mut matrix = [[0.0; N]; N];
    for (i, row) in matrix.iter_mut().enumerate() {
        if let Some(cell) = row.get_mut(i) {
            *cell = scale;
        }
    }
    matrix
}

/// The least value of a function from a start; `f` gives value and gradient. Parameters stay within ±`bound`.
pub fn least<const N: usize>(
    start: [f64; N],
    bound: f64,
    f: impl Fn(&[f64; N]) -> (f64, [f64; N]),
) -> Least<N> {
    let mut at = start;
    let (mut value, mut slope) = f(&at);
    let mut inverse = unit::<N>(1.0);
    let mut fresh = true;
    for _ in 0..STEPS {
        let size = dot(&slope, &slope).sqrt();
        if !size.is_finite() || size <= 1e-9 * value.abs().max(1.0) {
            break;
        }
        let mut way = times(&inverse, &slope).map(|d| -d);
        if dot(&way, &slope) >= 0.0 {
            inverse = unit(1.0);
            way = slope.map(|d| -d);
            fresh = true;
        }
        if fresh {
            // nothing is known of the curve yet: no step longer than one
            way = way.map(|d| d / size.max(1.0));
        }
        let descent = dot(&way, &slope);
        let mut step = 1.0;
        let mut found = None;
        for _ in 0..HALVINGS {
            let next = plus(&at, step, &way);
            if next.iter().all(|p| p.abs() <= bound) {
                let (there, slope) = f(&next);
                if there.is_finite() && there <= value + 1e-4 * step * descent {
                    found = Some((next, there, slope));
                    break;
                }
            }
            step /= 2.0;
        }
        let Some((next, there, next_slope)) = found else {
            if fresh {
                break;
            }
            inverse = unit(1.0);
            fresh = true;
            continue;
        };
        let moved = plus(&next, -1.0, &at);
        let turned = plus(&next_slope, -1.0, &slope);
        let curve = dot(&moved, &turned);
        let gain = value - there;
        (at, value, slope) = (next, there, next_slope);
        if curve > 1e-14 {
            if fresh {
                inverse = unit(curve / dot(&turned, &turned));
                fresh = false;
            }
            update(&mut inverse, &moved, &turned, curve);
        }
        if gain.abs() <= 1e-15 * value.abs() {
            break;
        }
    }
    Least { at, value }
}

/// The BFGS update of the inverse.
fn update<const N: usize>(inverse: &mut [[f64; N]; N], moved: &[f64; N], turned: &[f64; N], curve: f64) {
    let bent = times(inverse, turned);
    let scale = (1.0 + dot(turned, &bent) / curve) / curve;
    for ((row, s), b) in inverse.iter_mut().zip(moved).zip(&bent) {
        for ((cell, t), c) in row.iter_mut().zip(moved).zip(&bent) {
            *cell += scale * s * t - (b * t + s * c) / curve;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banana_valley_is_walked_to_its_end() {
        let f = |p: &[f64; 2]| {
            let [x, y] = *p;
            let (a, b) = (1.0 - x, y - x * x);
            (a * a + 100.0 * b * b, [-2.0 * a - 400.0 * x * b, 200.0 * b])
        };
        let least = least([-1.2, 1.0], 50.0, f);
        assert!((least.at[0] - 1.0).abs() < 1e-6 && (least.at[1] - 1.0).abs() < 1e-6, "{least:?}");
    }
}
