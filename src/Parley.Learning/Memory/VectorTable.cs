using System.Numerics.Tensors;

namespace Parley.Learning.Memory;

/// <summary>Vectors in memory, and the search for the nearest of them by cosine.</summary>
/// <remarks>
/// Each vector is kept twice: as half bytes, of which a search looks at all, and as floats, with which the best of those are judged again. A search
/// so reads an eighth of the memory, which is what limits it, and gives the order of floats. Thread-safe; searches and changes take turns.
/// </remarks>
/// <param name="dimensions">Of each vector, 1 to 4096.</param>
public sealed class VectorTable(int dimensions)
{
    /// <summary>Vectors that lie together; a table grows by so many.</summary>
    private const int PageRows = 256;

    /// <summary>So many times more vectors than are wanted are judged again.</summary>
    private const int Reconsidered = 16;

    private readonly int _dimensions = dimensions is >= 1 and <= 4096
        ? dimensions : throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, "A vector has 1 to 4096 dimensions.");

    private readonly Lock _lock = new();
    private readonly List<Page> _pages = [];
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

    public int Dimensions => _dimensions;

    public int Count { get { lock (_lock) { return _ids.Count; } } }

    /// <summary>Adds a vector, or replaces the one with that id.</summary>
    /// <exception cref="ArgumentException">It has other dimensions, no direction, or a part that is no number.</exception>
    public void Set(string id, ReadOnlySpan<float> vector)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var unit = ToUnit(vector);
        lock (_lock)
        {
            if (!_rows.TryGetValue(id, out var row))
            {
                row = _ids.Count;
                if (row == _pages.Count * PageRows) { _pages.Add(new Page(_dimensions)); }
                _rows[id] = row;
                _ids.Add(id);
            }
            _pages[row / PageRows].Write(row % PageRows, unit);
        }
    }

    /// <summary>Removes a vector.</summary>
    /// <returns>False: there was none with that id.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            if (!_rows.Remove(id, out var row)) { return false; }
            // The last one takes its place, so that there are no holes.
            var last = _ids.Count - 1;
            if (row != last)
            {
                _pages[row / PageRows].Write(row % PageRows, _pages[last / PageRows].Unit(last % PageRows));
                _rows[_ids[row] = _ids[last]] = row;
            }
            _ids.RemoveAt(last);
            if (last % PageRows == 0) { _pages.RemoveAt(_pages.Count - 1); }
            return true;
        }
    }

    /// <summary>The nearest vectors, the nearest first.</summary>
    /// <param name="query">Need not be of length 1.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, no direction, or a part that is no number.</exception>
    public IReadOnlyList<VectorMatch> Search(ReadOnlySpan<float> query, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var unit = ToUnit(query);
        lock (_lock)
        {
            return [.. Candidates(unit, count * Reconsidered)
                .Select(row => new VectorMatch(_ids[row], TensorPrimitives.Dot<float>(unit, _pages[row / PageRows].Unit(row % PageRows))))
                .OrderByDescending(match => match.Similarity).ThenBy(match => match.Id, StringComparer.Ordinal).Take(count)];
        }
    }

    /// <summary>The rows whose half bytes are nearest.</summary>
    private List<int> Candidates(float[] unit, int count)
    {
        var query = NibbleVector.Widen(unit);
        var best = new PriorityQueue<int, float>(count + 1);
        var worst = float.NegativeInfinity;
        for (var page = 0; page < _pages.Count; page++)
        {
            var rows = Math.Min(PageRows, _ids.Count - page * PageRows);
            for (var row = 0; row < rows; row++)
            {
                var similarity = _pages[page].Estimate(row, query);
                if (best.Count == count && similarity <= worst) { continue; }
                best.Enqueue(page * PageRows + row, similarity);
                if (best.Count > count) { best.Dequeue(); }
                if (best.Count == count) { best.TryPeek(out _, out worst); }
            }
        }
        return [.. best.UnorderedItems.Select(item => item.Element)];
    }

    private float[] ToUnit(ReadOnlySpan<float> vector)
    {
        if (vector.Length != _dimensions) { throw new ArgumentException($"A vector of {_dimensions} dimensions is expected; this one has {vector.Length}."); }
        var length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length) || length == 0) { throw new ArgumentException("A vector has a length, which is a number and not 0."); }
        var unit = new float[_dimensions];
        TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }

    /// <summary>Vectors that lie together, as floats of length 1 and as half bytes with a scale each.</summary>
    private sealed class Page(int dimensions)
    {
        private readonly int _stride = NibbleVector.Stride(dimensions);
        private readonly float[] _units = new float[PageRows * dimensions];
        private readonly byte[] _nibbles = new byte[PageRows * NibbleVector.Stride(dimensions)];
        private readonly float[] _scales = new float[PageRows];

        public ReadOnlySpan<float> Unit(int row) => _units.AsSpan(row * dimensions, dimensions);

        public void Write(int row, ReadOnlySpan<float> unit)
        {
            unit.CopyTo(_units.AsSpan(row * dimensions));
            _scales[row] = NibbleVector.Quantize(unit, _nibbles.AsSpan(row * _stride, _stride));
        }

        /// <summary>The similarity by half bytes, but for the query's scale.</summary>
        public float Estimate(int row, NibbleVector.Query query) => _scales[row] * NibbleVector.Dot(_nibbles.AsSpan(row * _stride, _stride), query);
    }
}
