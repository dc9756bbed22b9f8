import TFRecord
import TensorBoardLogs

// Reads what the other examples have logged: as runs with series, and as bare records.

let runs = try LogDirectory("logs/examples").runs()
if runs.isEmpty { print("there is nothing in logs/examples yet; run another example first") }
for run in runs {
    let scalars = run.loadScalars().scalars
    var records = 0
    for file in run.files {
        var reader = try TFRecordReader(path: file)
        while try reader.next() != nil { records += 1 }
    }
    print("\(run.name): \(records) records, \(scalars.count) series of scalars")
    if let loss = scalars["loss"], let lowest = loss.bestIndex(.lowest) {
        print("  lowest loss \(loss.values[lowest]) at step \(loss.steps[lowest])")
    }
}
