; The store belongs to the counter and not to whoever is logged in to Windows, so every user of the PC may write to it.
; S-1-5-32-545 is the group Users by its number, because its name differs with the language of Windows.
!macro customInstall
  SetShellVarContext all
  CreateDirectory "$APPDATA\Loket"
  nsExec::ExecToLog 'icacls "$APPDATA\Loket" /grant *S-1-5-32-545:(OI)(CI)M /T /C /Q'
  Pop $0
!macroend
