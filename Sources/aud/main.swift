import AudCommands

await Program.main()
