import Foundation
import TensorBoard
import Testing

/// Which worker a process is, by what launchers leave in its environment.
struct WorkerIdentityTests {
    @Test func torchrunSaysAllOfIt() throws {
        let worker = try WorkerIdentity(environment: [
            "RANK": "5", "WORLD_SIZE": "16", "LOCAL_RANK": "1", "GROUP_RANK": "2", "TORCHELASTIC_RUN_ID": "llm-7",
            "TORCHELASTIC_RESTART_COUNT": "2",
        ])
        #expect(worker.rank == 5)
        #expect(worker.worldSize == 16)
        #expect(worker.localRank == 1)
        #expect(worker.job == "llm-7")
        #expect(worker.attempt == 2)
        #expect(worker.source == .torchrun)
        #expect(worker.description == "rank 5 of 16 (torchrun, attempt 2)")
    }

    @Test func slurmSaysAllOfIt() throws {
        let worker = try WorkerIdentity(environment: [
            "SLURM_PROCID": "3", "SLURM_NTASKS": "4", "SLURM_LOCALID": "1", "SLURM_JOB_ID": "4711",
            "SLURM_RESTART_COUNT": "1",
        ])
        #expect([worker.rank, worker.worldSize, worker.localRank, worker.attempt] == [3, 4, 1, 1])
        #expect(worker.job == "4711")
        #expect(worker.source == .slurm)
    }

    @Test(
        arguments: [
            (
                ["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_LOCAL_RANK": "0"], .openMPI,
                2, 0
            ),
            (["PMI_RANK": "1", "PMI_SIZE": "2", "MPI_LOCALRANKID": "0"], .pmi, 2, 0),
            (["PMIX_RANK": "1", "PMIX_NAMESPACE": "prte-node1-17@1"], .pmix, nil, nil),
            (["PMIX_RANK": "1", "PMIX_NAMESPACE": "slurm.pmix.4711.0", "SLURM_NTASKS": "2"], .pmix, 2, nil),
            (["JOB_COMPLETION_INDEX": "1"], .kubernetes, nil, nil),
            (["JOB_COMPLETION_INDEX": "1", "WORLD_SIZE": "8"], .kubernetes, 8, nil),
        ] as [([String: String], WorkerIdentity.Source, Int?, Int?)]
    )
    func otherLaunchersSayLess(
        environment: [String: String],
        source: WorkerIdentity.Source,
        worldSize: Int?,
        localRank: Int?
    ) throws {
        let worker = try WorkerIdentity(environment: environment)
        #expect(worker.rank == 1)
        #expect(worker.source == source)
        #expect(worker.worldSize == worldSize)
        #expect(worker.localRank == localRank)
        #expect(worker.attempt == nil)
    }

    @Test func theLauncherNearestToTheProcessCounts() throws {
        // torchrun as the one task of each of two nodes of Slurm.
        var environment = [
            "SLURM_PROCID": "1", "SLURM_NTASKS": "2", "SLURM_JOB_ID": "4711", "RANK": "12", "WORLD_SIZE": "16",
            "TORCHELASTIC_RUN_ID": "none",
        ]
        var worker = try WorkerIdentity(environment: environment)
        #expect(worker.source == .torchrun)
        #expect(worker.rank == 12)
        #expect(worker.job == "4711")
        // Without torchrun, mpirun's daemons are Slurm's tasks.
        (environment["RANK"], environment["WORLD_SIZE"]) = (nil, nil)
        environment["OMPI_COMM_WORLD_RANK"] = "7"
        environment["OMPI_COMM_WORLD_SIZE"] = "8"
        worker = try WorkerIdentity(environment: environment)
        #expect(worker.source == .openMPI)
        #expect(worker.rank == 7)
        #expect(worker.job == "4711")
    }

    @Test func aLaterAttemptHasTheHigherNumberAlsoWhereTorchrunCountsAnew() throws {
        func attempt(slurm: String?, torchrun: String) throws -> Int? {
            var environment = [
                "RANK": "0", "WORLD_SIZE": "2", "SLURM_JOB_ID": "1", "TORCHELASTIC_MAX_RESTARTS": "3",
                "TORCHELASTIC_RESTART_COUNT": torchrun,
            ]
            environment["SLURM_RESTART_COUNT"] = slurm
            return try WorkerIdentity(environment: environment).attempt
        }
        #expect(try attempt(slurm: nil, torchrun: "0") == 0)
        #expect(try attempt(slurm: nil, torchrun: "3") == 3)
        #expect(try attempt(slurm: "1", torchrun: "0") == 4)
        #expect(try attempt(slurm: "1", torchrun: "2") == 6)
        #expect(try attempt(slurm: "\(Int.max)", torchrun: "2") == .max)
    }

    @Test func theCurrentWorkerIsThatOfTheEnvironment() async {
        await #expect(processExitsWith: .exitCode(7)) {
            for (name, value) in ["RANK": "7", "WORLD_SIZE": "8", "LOCAL_RANK": "3"] { setenv(name, value, 1) }
            let worker = try WorkerIdentity.current
            // No directory is made, so none has to be found.
            let writer = try SummaryWriter(logDirectory: "/nowhere/run", workers: .rankZero)
            exitProcess(worker.localRank == 3 && !writer.isEnabled ? Int32(worker.rank) : 1)
        }
    }

    @Test func aProcessOfNoLauncherIsRankZeroOfOne() throws {
        // What the shell of an allocation has.
        for environment in [[:], ["SLURM_JOB_ID": "1", "SLURM_NTASKS": "8"]] {
            let worker = try WorkerIdentity(environment: environment)
            #expect(worker.rank == 0)
            #expect(worker.worldSize == 1)
            #expect(worker.source == .none)
        }
    }

    @Test func aBatchScriptWithoutNumberOfTasksIsRankZero() throws {
        let worker = try WorkerIdentity(environment: ["SLURM_PROCID": "0", "SLURM_JOB_ID": "1"])
        #expect(worker.rank == 0)
        #expect(worker.worldSize == nil)
    }

    @Test(
        arguments: [
            (["RANK": "1"], ["RANK", "WORLD_SIZE"]),
            (["WORLD_SIZE": "2"], ["RANK", "WORLD_SIZE"]),
            (["LOCAL_RANK": "0"], ["RANK", "LOCAL_RANK"]),
            (["LOCAL_RANK": "0", "JOB_COMPLETION_INDEX": "0"], ["RANK", "LOCAL_RANK"]),
            (["RANK": "abc", "WORLD_SIZE": "2"], ["RANK is \"abc\""]),
            (["RANK": "", "WORLD_SIZE": "2"], ["RANK is \"\""]),
            (["RANK": "0", "WORLD_SIZE": "2.0"], ["WORLD_SIZE is \"2.0\""]),
            (["RANK": "2", "WORLD_SIZE": "2"], ["RANK is 2", "WORLD_SIZE is 2"]),
            (["RANK": "-1", "WORLD_SIZE": "2"], ["RANK is -1"]),
            (["RANK": "0", "WORLD_SIZE": "2", "LOCAL_RANK": "-3"], ["LOCAL_RANK is -3"]),
            (
                ["RANK": "0", "WORLD_SIZE": "2", "TORCHELASTIC_RESTART_COUNT": "x"],
                ["TORCHELASTIC_RESTART_COUNT is \"x\""]
            ),
            (["SLURM_PROCID": "1"], ["SLURM_PROCID", "SLURM_NTASKS"]),
            (["OMPI_COMM_WORLD_SIZE": "4"], ["OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"]),
            (["PMI_RANK": "4"], ["PMI_RANK", "PMI_SIZE"]),
            (["JOB_COMPLETION_INDEX": "one"], ["JOB_COMPLETION_INDEX is \"one\""]),
        ] as [([String: String], [String])]
    )
    func whatIsSetInPartIsReportedAndNotGuessed(environment: [String: String], names: [String]) {
        let error = #expect(throws: TensorBoardError.self) { try WorkerIdentity(environment: environment) }
        #expect(error?.code == .unknownWorker)
        for name in names { #expect(error?.message.contains(name) == true, "\(error?.message ?? "")") }
    }

    @Test func aProgramCanSayItItself() throws {
        let worker = try WorkerIdentity(rank: 3, worldSize: nil, job: "ray")
        #expect(worker.source == .program)
        #expect(worker.directoryName == "rank-0003")
        #expect(try WorkerIdentity(rank: 12345, worldSize: 20000).directoryName == "rank-12345")
        #expect(throws: TensorBoardError.self) { try WorkerIdentity(rank: 4, worldSize: 4) }
        #expect(throws: TensorBoardError.self) { try WorkerIdentity(rank: -1, worldSize: nil) }
    }
}
